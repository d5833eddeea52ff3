"""What the Router decides with: deployments and their live figures, rules of retries, rest and fallbacks. No I/O."""

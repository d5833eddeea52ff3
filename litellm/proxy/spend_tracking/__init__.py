"""What each request used and what it cost."""

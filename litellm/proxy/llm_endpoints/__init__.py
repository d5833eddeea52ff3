"""The endpoints that call a model, one file each."""

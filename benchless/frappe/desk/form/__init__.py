"""What a form does beside saving: assigning."""

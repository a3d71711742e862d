"""What people do in a browser, the same on both engines."""

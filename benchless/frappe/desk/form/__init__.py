"""What a form does beside saving: assigning.
Only what contract.txt lists."""

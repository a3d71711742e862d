"""The life of personal data: terms, blocking, destruction, what is told to the person, who read what."""

"""The field's rules in plain Python: terms, thresholds, school years.
Nothing here knows a database or imports frappe."""

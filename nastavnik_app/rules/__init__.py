"""The field's rules in plain Python: terms, thresholds, states, matching, indicators, returns.
Nothing here knows a database or imports frappe: plain values in, plain values out, messages as `messages.Message`."""

"""The school's own ERP: people out of Education and ERPNext, where those are installed. Nothing here is needed.
Nothing here imports those apps, and nothing of theirs is changed."""

"""Documents, their metadata and their life cycle.
No table is made or changed here (`database/schema.py`)."""

default_fields = ("doctype", "name", "owner", "creation", "modified", "modified_by", "docstatus", "idx")
child_table_fields = ("parent", "parentfield", "parenttype")
table_fields = ("Table", "Table MultiSelect")
float_like_fields = ("Float", "Currency", "Percent")

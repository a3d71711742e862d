"""Hooks of the engine itself, read like those of any installed app."""

app_name = "frappe"

doc_events = {
	("Custom DocPerm", "Property Setter", "Workflow"): {
		"validate": "frappe.model.sync.refuse_permlevel",
		"on_update": "frappe.model.sync.forget_meta",
		"after_delete": "frappe.model.sync.forget_meta",
	},
	"Property Setter": {"validate": "frappe.model.sync.replace_property"},
	"User Permission": dict.fromkeys(("on_update", "after_delete"), "frappe.model.sync.forget_permissions"),
}

permission_query_conditions = {
	"ToDo": "frappe.desk.doctype.todo.todo.get_permission_query_conditions",
	"User": "frappe.core.doctype.user.user.get_permission_query_conditions",
	"File": "frappe.core.doctype.file.file.get_permission_query_conditions",
}
has_permission = {
	"ToDo": "frappe.desk.doctype.todo.todo.has_permission",
	"User": "frappe.core.doctype.user.user.has_permission",
	"File": "frappe.core.doctype.file.file.has_permission",
}

ignore_links_on_delete = ["Version", "Comment", "ToDo", "File", "Error Log", "Email Queue"]

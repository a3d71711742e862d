"""SQL functions for frappe.qb."""

from pypika.functions import Coalesce, Count, Lower, Max, Min, Sum, Upper

__all__ = ["Coalesce", "Count", "Lower", "Max", "Min", "Sum", "Upper"]

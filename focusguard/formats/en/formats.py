"""Django reads these names: short, of 24 hours, and in an order that sorts."""

DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"

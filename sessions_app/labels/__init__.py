"""Labels: what people sort their focus by."""

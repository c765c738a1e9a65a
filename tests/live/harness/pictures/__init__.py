"""Pictures that are sent, and the object store that they are kept in."""

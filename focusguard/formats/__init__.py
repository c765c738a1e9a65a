"""Date formats for staff; the API has its own (docs/contract.md, Conventions)."""

"""How staff see dates; the API has its own (contract.md, Conventions)."""

"""How staff see dates; the API has its own (docs/contract.md, Conventions)."""

"""The pages that a browser is given beside the API, and what only pages need."""

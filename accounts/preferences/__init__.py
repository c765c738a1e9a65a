"""The settings of a user that hold on every device: a row of typed columns."""

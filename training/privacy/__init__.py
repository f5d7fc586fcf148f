"""People's own data: taken along as one file, or erased so that nobody's totals change."""

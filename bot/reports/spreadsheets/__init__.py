"""Reading untrusted spreadsheets into grids of plain values, within limits."""

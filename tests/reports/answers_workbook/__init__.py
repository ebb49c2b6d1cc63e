"""The workbook of answers: written, edited as people do, read back."""

"""What an index says, for people and for machines: CSV, Parquet, JSON, a workbook with every step, and one page."""

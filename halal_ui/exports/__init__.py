"""Files handed out: tables to take away, forms to fill in, rows to send back. No Streamlit."""

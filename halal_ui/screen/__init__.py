"""All that knows Streamlit: what pages are made of, what a viewer chooses, what a click does."""

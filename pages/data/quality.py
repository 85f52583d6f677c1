"""Mutu data."""

import streamlit as st

st.title("Mutu data")

"""Unggah."""

import streamlit as st

st.title("Unggah")

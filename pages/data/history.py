"""Riwayat."""

import streamlit as st

st.title("Riwayat")

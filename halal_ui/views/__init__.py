"""
What each page shows of a scope, finished: sentences, numbers, figures and tables. One module a page, no Streamlit.

A view is made once for a scope and then only laid out, however many people look. Each is a function of a
`snapshot.now.View` and whether the viewer's theme is dark.
"""

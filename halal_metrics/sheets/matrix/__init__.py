"""Cross tables, kabupaten/kota by LP3H: found, named, and their cells turned into rows."""

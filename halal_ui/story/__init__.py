"""The meeting as slides, made from its set: sentences, numbers, pictures and tables, before anybody draws them."""

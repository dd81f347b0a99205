"""The exercises: one folder each, with its scenarios, right programs, wrong programs and hints.

A wrong program is a file in wrong/; its docstring is the message for whoever makes the same
mistake: the misconception's number and sentence, what to do, and the section to read again.
"""

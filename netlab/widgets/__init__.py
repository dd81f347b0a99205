"""Explorers: controls above one picture that answers at once. One file each."""

from __future__ import annotations

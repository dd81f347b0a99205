equal_checksums = {"rich": b"Pay Ann 99, Bob 10", "letters": b"Pay Aon 10, Bnb 99"}

equal_checksums = {"rich": b"Pay Bob 10, Ann 99", "letters": b"Pay Bnn 10, Aob 99"}

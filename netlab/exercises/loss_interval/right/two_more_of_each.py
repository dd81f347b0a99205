import statistics


def loss_interval(lost, sent):
    """Agresti and Coull (1998): as if two more had been lost, and two more had come."""
    if sent < 1 or lost < 0 or lost > sent:
        raise ValueError
    z = statistics.NormalDist().inv_cdf(0.975)
    all_of_them = sent + z**2
    rate = (lost + z**2 / 2) / all_of_them
    half = z * (rate * (1 - rate) / all_of_them) ** 0.5
    return (max(rate - half, 0.0), min(rate + half, 1.0))

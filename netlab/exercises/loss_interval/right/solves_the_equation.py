def loss_interval(lost, sent):
    if not sent or not 0 <= lost <= sent:
        raise ValueError((lost, sent))
    # rates p with (lost/sent - p)**2 <= 1.96**2 * p * (1 - p) / sent: between two roots
    share, square = lost / sent, 3.8416 / sent
    a, b, c = 1 + square, -(2 * share + square), share * share
    root = max(0.0, b * b - 4 * a * c) ** 0.5
    return (-b - root) / (2 * a), (-b + root) / (2 * a)

"""A process that sends letters as often as it is told to: each time in a child of its own, which tests kill."""

import os
import sys

import django


def main() -> None:
    django.setup()
    from atalaya.portal.post.sending import send_due  # noqa: PLC0415 - models come after the set-up

    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            send_due()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"ended {status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

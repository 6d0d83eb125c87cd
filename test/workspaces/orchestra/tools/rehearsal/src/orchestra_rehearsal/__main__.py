import sys

from orchestra_rehearsal import missing

if __name__ == "__main__":
    silent = missing()
    print("every part was heard" if not silent else f"not heard: {', '.join(silent)}")
    sys.exit(1 if silent else 0)

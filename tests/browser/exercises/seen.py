"""What is seen of an exercise, and its clock moved, for the tests beside this file."""

from groups.formats.exercises import steps_of

LENGTH = 600  # seconds
SHOWN = """exercise => exercise.querySelector('[data-words]').textContent
  + ' | ' + (exercise.querySelector('[data-pace]:not([hidden])')?.dataset.pace ?? '')"""
# What is shown, whenever it changes, with the true time.
WATCH = f"""exercise => {{
  exercise.seen = [];
  setInterval(() => {{
    const shown = ({SHOWN})(exercise);
    if (exercise.seen.at(-1)?.[1] !== shown) exercise.seen.push([performance.timeOrigin + performance.now(), shown]);
  }}, 50);
}}"""


def moved(exercise, to):
    """Let it have begun so many seconds ago, by the server's clock."""
    exercise.evaluate(
        "(exercise, to) => { exercise.dataset.begins = new Date(Date.now() + exercise.skew - to * 1000).toISOString() }", to
    )


def words(exercise):
    return exercise.locator("[data-words]")


def lines(key, kind="say"):
    return [step for step in steps_of(key, LENGTH) if step.kind == kind]

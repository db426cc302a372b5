"""Collecting and grading submitted exercises, so that a notebook can cost nobody but its own student.

What is trusted, and what is not
--------------------------------
Trusted are the instructor's notebooks (tasks, points, rubrics) and her checks. Nothing that was
submitted is: not names, metadata or outputs of a file, not what its code prints, writes or sends.

How an answer gets its points
-----------------------------
1. `collect` reads the folder of submissions. A file is known by its content; a zip file is read in
   memory and never unpacked. Only the text of the cells goes on.
2. `run` starts a room for one notebook (`confine`): on Linux a set of namespaces with no network, no
   other process, a user without rights, and a file system of Python, the course without its tasks,
   checks and solutions (`room`), and an empty folder in memory. Time, memory, output, processes and
   what it writes are limited; memory that no process is charged for is refused, and so are calls
   that no notebook needs. Elsewhere only the limits hold that the system knows: there the command
   refuses, unless the instructor says that she trusts everyone who handed in.
3. In the room `student_kernel` runs the cells in a kernel. There `check` only hands over: it writes
   the answer down as plain data (`handing_over`). Whatever a notebook patches, forges or floods, all
   that leaves its room are values for the tasks of its own exercise.
4. Outside, `judge` rebuilds the values in a process of its own, by constructors that it names itself
   (`values`), and asks the checks. No pickle, no code, no import out of anything handed over.
5. `grading_one` makes a result for every task of the contract. `gradebook`, `marking` and `pages`
   write tables and pages; names and answers are escaped for HTML and disarmed for spreadsheets.

The answer to a task is what the last call of its `check` was given; or, if no call ran, what the cell
put under the name that the exercise hands over. An answer that is empty does not replace another.

What this does not cover: a flaw in the Linux kernel; systems without namespaces, where a notebook can
do whatever its instructor can; time, of which a notebook can take all that it is allowed (and twice
that, as what ran out of time beside another is run again); the inputs of a function that a task asks
for, which are in the room; and the fact that the course's solutions are public.
"""

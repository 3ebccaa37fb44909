"""Every kind of job: ONE LINE A JOB, sorted by name. An app that has work to do apart writes a handler and a line here."""

from atalaya.portal.jobs.job import Job

JOBS = (
    Job(
        name="jobs.tidy",
        handler="atalaya.portal.jobs.tidying:tidy",
        text="Forget jobs that ended long ago.",
        every="17 4 * * *",
    ),
)

BY_NAME = {job.name: job for job in JOBS}

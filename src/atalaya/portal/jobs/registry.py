"""Every kind of job: ONE LINE A JOB, sorted by name. An app that has work to do apart writes a handler and a line here."""

from atalaya.portal.jobs.job import Job

JOBS = (
    Job(
        name="files.sweep",
        handler="atalaya.portal.files.services:sweep_orphans",
        text="Remove bytes of files that were never taken.",
        every="41 3 * * *",
    ),
    Job(
        name="jobs.tidy",
        handler="atalaya.portal.jobs.tidying:tidy",
        text="Forget jobs that ended long ago.",
        every="17 4 * * *",
    ),
    Job(
        name="post.alerts",
        handler="atalaya.portal.post.digests:write_alerts",
        text="Write alerts to those who want them at once.",
        every="*/10 * * * *",
        alone=True,
    ),
    Job(
        name="post.digests",
        handler="atalaya.portal.post.digests:write_digests",
        text="Write the digests of the month and of the week that ended.",
        every="20 5 * * *",
        alone=True,
    ),
    Job(
        name="post.edition",
        handler="atalaya.portal.post.editions:tell_edition",
        text="Tell followers what a newly published edition changed.",
        every="5 * * * *",
        alone=True,
    ),
    Job(
        name="post.send",
        handler="atalaya.portal.post.sending:send_due",
        text="Send the letters that are due.",
        every="*/2 * * * *",
    ),
    Job(
        name="post.tidy",
        handler="atalaya.portal.post.tidying:tidy",
        text="Delete addresses that nobody confirmed and contacts whose term has ended.",
        every="*/30 * * * *",
        alone=True,
    ),
)

BY_NAME = {job.name: job for job in JOBS}

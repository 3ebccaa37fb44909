"""Every kind of job: ONE LINE A JOB, sorted by name. An app that has work to do apart writes a handler and a line here."""

from atalaya.portal.jobs.job import Job

JOBS = (
    Job(
        name="commitments.probe",
        handler="atalaya.portal.commitments.probing:probe_by_schedule",
        text="Ask whether the documents of readings are still there.",
        every="47 * * * *",
        alone=True,
    ),
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
        name="news.settle",
        handler="atalaya.portal.news.services:settle",
        text="Write down as published what was scheduled, and tell its followers.",
        every="*/2 * * * *",
        alone=True,
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
    Job(
        name="reviews.deposit",
        handler="atalaya.portal.reviews.ruling:deposit_waiting",
        text="Hand rulings to the engine that could not be handed on at once.",
        every="*/10 * * * *",
        alone=True,
    ),
    Job(
        name="reviews.open_reply",
        handler="atalaya.portal.reviews.engine:open_reply",
        text="Show institutions what a coming edition found.",
        on="rounds.reply_opened",
    ),
    Job(
        name="reviews.tell",
        handler="atalaya.portal.reviews.engine:tell",
        text="Tell answers what a recheck saw.",
        on="rounds.rechecked",
    ),
    Job(
        name="rounds.recheck",
        handler="atalaya.portal.rounds.doing:recheck",
        text="Look at findings again.",
        alone=True,
    ),
    Job(
        name="rounds.run",
        handler="atalaya.portal.rounds.doing:run_round",
        text="Run a round.",
        alone=True,
    ),
    Job(
        name="rounds.show",
        handler="atalaya.portal.rounds.doing:show",
        text="Show the published editions.",
        alone=True,
    ),
    Job(
        name="rounds.sweep",
        handler="atalaya.portal.rounds.sweeping:sweep",
        text="Decide which rounds are due.",
        every="30 5 * * *",
    ),
    Job(
        name="rounds.try",
        handler="atalaya.portal.rounds.trials:run_trial",
        text="Try a methodology on past rounds.",
        alone=True,
    ),
)

BY_NAME = {job.name: job for job in JOBS}

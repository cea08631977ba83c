def call(records, users, notes, summary):
    """Plan a warning for a person on each record: in the list of things to do, without
    an e-mail.

    :param users: ``{record: user}``; nobody is called about his own doing, nor who left
    :param notes: ``{record: html}``
    """
    env = records.env
    warning = env.ref("mail.mail_activity_data_warning")
    env["mail.activity"].with_context(mail_activity_quick_update=True).create(
        [
            {
                "activity_type_id": warning.id,
                "automated": True,
                "summary": summary,
                "note": notes[record],
                "res_model_id": env["ir.model"]._get_id(records._name),
                "res_id": record.id,
                "user_id": users[record].id,
            }
            for record in records
            if users[record].active and users[record] != env.user
        ]
    )

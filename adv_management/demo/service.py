"""What customers are told: calls, delay notices, acknowledgements; nothing leaves."""

from odoo import Command

from .actor import Actor


class Service(Actor):
    """The order desk towards its customers, with what the warehouse reports to it."""

    def __init__(self, *args):
        super().__init__(*args)
        lang = self.stage.active_lang("fr_FR")
        self.env = self.env(context=dict(self.env.context, lang=lang))
        self.customer_rows = {row["ref"]: row for row in self.story.customers}

    def doings(self):
        return {
            "settle": (self.settle, (8, 5)),
            "measure": (self.measure, (16, 15)),
            "call": (self.call, (16, 20)),
            "dismiss": (self.dismiss, (16, 30)),
            "report": (self.report, (16, 40)),
            "inform": (self.inform, (16, 50)),
            "acknowledge": (self.acknowledge, (17, 0)),
        }

    def settle(self, _event):
        """Begin to tell customers, each message looked at by a person."""
        self.company.write(
            {
                "adv_notice_mode": "manual",
                "adv_ack_mode": "manual",
                "adv_alert_user_id": self.stage.users["camille"].id,
                "adv_alert_manager_id": self.stage.users["helene"].id,
            }
        )

    def measure(self, _event):
        self.env["adv.commitment"]._run_pending()

    def call(self, event):
        """Tell the customer by telephone when the supplier's goods will leave."""
        row = self.customer_rows[event.subject.customer]
        alert = self._get_alert(event)
        self._apply(
            alert,
            "adv.delay.alert.note",
            {
                "contact": row["contact"],
                "outcome": "told",
                "date_announced": self.days.add(self.story.supply.next_arrival(), 2),
                "note": "Rupture chez le fournisseur, le client maintient sa commande.",
            },
        )

    def dismiss(self, event):
        reason = "Livraison décalée à la demande du chantier, vu avec le client"
        alert = self._get_alert(event)
        self._apply(alert, "adv.delay.alert.dismiss", {"reason": reason})

    def report(self, event):
        """One piece is missing on the shelf when the goods are fetched."""
        order = self.orders[event.subject.number]
        pickings = order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        wizard = self.as_user("bruno")["adv.floor.incident.declare"].create(
            {
                "picking_id": pickings[:1].id,
                "kind": "shortage",
                "note": "Un article manque en rayon, recomptage demandé.",
            }
        )
        wizard.line_ids[:1].qty = 1
        wizard.action_declare()

    def inform(self, event):
        """Write the notice; it waits for who looks at it."""
        action = self._get_alert(event).action_inform_customer()
        notice = self._as_assistant(event)["adv.delay.notice"].browse(action["res_id"])
        notice.date_reply = self.days.add(event.day, 3)
        notice.line_ids.is_included = True
        notice.action_preview()

    def acknowledge(self, event):
        order = self.orders[event.subject.number].with_env(self._as_assistant(event))
        order.action_adv_acknowledge()

    def _as_assistant(self, event):
        return self.as_user(self.customer_rows[event.subject.customer]["assistant"])

    def _get_alert(self, event):
        """Return the live alert of the order, for the assistant of its customer."""
        return self._as_assistant(event)["adv.delay.alert"].search(
            [
                ("order_id", "=", self.orders[event.subject.number].id),
                ("date_closed", "=", False),
            ]
        )

    def _apply(self, alert, model, vals):
        """Fill in the wizard of the alert and apply it."""
        wizard = alert.env[model].create(
            {**vals, "alert_ids": [Command.set(alert.ids)]}
        )
        wizard.action_apply()

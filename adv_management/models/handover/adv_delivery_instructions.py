from odoo import fields, models

_TRUCKS = [
    ("van", "Van up to 3.5 t"),
    ("truck_12", "Truck up to 12 t"),
    ("truck_19", "Truck up to 19 t"),
    ("semi", "Articulated truck"),
]
INSTRUCTIONS = (
    "adv_needs_appointment",
    "adv_appointment_contact",
    "adv_opening_hours",
    "adv_largest_truck",
    "adv_needs_tail_lift",
    "adv_delivery_contact",
    "adv_documents",
    "adv_labels",
    "adv_delivery_note",
)


class AdvDeliveryInstructions(models.AbstractModel):
    """What a customer asks of whoever packs and delivers to one of his addresses.

    An address that asks for nothing follows the company it belongs to.
    """

    _name = "adv.delivery.instructions"
    _description = "Delivery Instructions"

    adv_needs_appointment = fields.Boolean(
        "By appointment only", copy=False, groups="base.group_user"
    )
    adv_appointment_contact = fields.Char(
        "Book with",
        copy=False,
        groups="base.group_user",
        help="Phone number, e-mail address or web page where a delivery is booked.",
    )
    adv_opening_hours = fields.Char(
        "Opening hours",
        copy=False,
        groups="base.group_user",
        help="When goods are received, as a driver reads it.",
    )
    adv_largest_truck = fields.Selection(
        _TRUCKS,
        "Largest vehicle",
        copy=False,
        groups="base.group_user",
        help="The largest vehicle that reaches the unloading point.",
    )
    adv_needs_tail_lift = fields.Boolean(
        "Tail lift needed",
        copy=False,
        groups="base.group_user",
        help="There is no dock: the vehicle unloads by itself.",
    )
    adv_delivery_contact = fields.Char(
        "Contact on site",
        copy=False,
        groups="base.group_user",
        help="Whom the driver asks for, with the phone number.",
    )
    adv_documents = fields.Char(
        "Documents to enclose", copy=False, groups="base.group_user"
    )
    adv_labels = fields.Char("Labels required", copy=False, groups="base.group_user")
    adv_delivery_note = fields.Text(
        "Note for the driver", copy=False, groups="base.group_user"
    )

    def _adv_get_instructed(self):
        """Return the address whose instructions hold here: itself, else the company it
        belongs to, and so on; empty if nobody asks for anything.
        """
        address = self
        while address and not any(address[name] for name in INSTRUCTIONS):
            address = address.parent_id
        return address

    def _adv_word_instructions(self):
        """Return what this address asks for, in the language of the environment.

        :return: ``[(label, text)]``, a label ending with its colon; what decides the
            day of the delivery first
        """
        pieces = [
            (self.env._("Appointment:"), self._adv_word_appointment()),
            (self.env._("Opening hours:"), self.adv_opening_hours),
            (self.env._("Vehicle:"), self._adv_word_vehicle()),
            (self.env._("Contact on site:"), self.adv_delivery_contact),
            (self.env._("Documents to enclose:"), self.adv_documents),
            (self.env._("Labels required:"), self.adv_labels),
            (self.env._("Note:"), self.adv_delivery_note),
        ]
        return [(label, text) for label, text in pieces if text]

    def _adv_word_appointment(self):
        if not self.adv_needs_appointment:
            return ""
        if self.adv_appointment_contact:
            return self.env._(
                "to be booked with %(contact)s", contact=self.adv_appointment_contact
            )
        return self.env._("to be booked before the delivery")

    def _adv_word_vehicle(self):
        trucks = dict(
            self._fields["adv_largest_truck"]._description_selection(self.env)
        )
        pieces = [
            trucks.get(self.adv_largest_truck),
            self.adv_needs_tail_lift and self.env._("with a tail lift"),
        ]
        return ", ".join(filter(None, pieces))

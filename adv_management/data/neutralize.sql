-- A copy of the company's database writes to none of its customers.
UPDATE ir_cron
   SET active = false
 WHERE id IN (SELECT res_id
                FROM ir_model_data
               WHERE module = 'adv_management'
                 AND name IN ('ir_cron_adv_send_messages',
                            'ir_cron_adv_send_notices',
                            'ir_cron_adv_acknowledge',
                            'ir_cron_adv_report_open_orders'));

"""Where moto's DynamoDB answers otherwise than AWS (see corrections.py)."""


def apply():
    from moto.dynamodb.responses import DynamoHandler, DynamoResult

    original = DynamoHandler.update_table

    def update_table(self):
        """moto leaves a table's encryption as it was made."""
        answer = original(self)
        encryption = self.body.get("SSESpecification")
        if encryption is None:
            return answer
        table = self.dynamodb_backend.get_table(self.body["TableName"])
        key = table._get_default_encryption_key(table.account_id, table.region_name)
        table.sse_specification = {"KMSMasterKeyId": key, **encryption} if encryption.get("Enabled") else None
        return DynamoResult(table.describe())

    DynamoHandler.update_table = update_table
